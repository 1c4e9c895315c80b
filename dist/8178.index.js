exports.id=8178,exports.ids=[8178],exports.modules={28178:((e,t,n)=>{e.exports=n(81534)})};
