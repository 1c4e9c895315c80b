exports.id=1362,exports.ids=[1362],exports.modules={51362:((e,t,n)=>{e.exports=n(59310)})};
