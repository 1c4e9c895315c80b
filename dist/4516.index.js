"use strict";exports.id=4516,exports.ids=[4516],exports.modules={94516:((e,t,n)=>{n.d(t,{i:()=>afterRealTime});let afterRealTime=(e,t)=>{let n=setTimeout(t,e);return()=>clearTimeout(n)}})};
