"use strict";exports.id=8182,exports.ids=[8182],exports.modules={58182:((e,t,n)=>{n.d(t,{counts:()=>counts,doctorText:()=>doctorText});var r=n(39812),i=n(11308);let a={ok:`32`,degraded:`33`,broken:`31`,unknown:`36`},o=Object.keys(a),s=` `.repeat(12);function doctorText(e,t={}){let{colour:n=!1}=t,a=Math.max(0,...e.map(({check:e})=>(0,i.h0)(e).length));return`${[...[...new Set(e.map(({area:e})=>e))].map(t=>{let i=e.filter(e=>e.area===t).map(e=>row(e,a,n));return[(0,r.n)(n,`1`,t),...i].join(`
`)}),counts(e)].join(`

`)}\n`}function row({check:e,state:t,detail:n,remedy:o},c,l){let u=`  ${(0,r.n)(l,a[t],t.padEnd(8))}  ${(0,i.h0)(e).padEnd(c)}  ${(0,i.h0)(n)}`;if(o===``)return u.trimEnd();let[d=``,...f]=(0,i.wh)(o).split(`
`);return[u.trimEnd(),`${s}\u2192 ${d}`,...f.map(e=>`${s}  ${e}`)].join(`
`)}function counts(e){return o.map(t=>({state:t,count:e.filter(e=>e.state===t).length})).filter(({count:e})=>e>0).map(({state:e,count:t})=>`${t} ${e}`).join(`, `)}})};
