exports.id=8178,exports.ids=[8178],exports.modules={8178:((e,t,n)=>{e.exports=n(1534)})};
