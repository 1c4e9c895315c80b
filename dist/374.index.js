exports.id=374,exports.ids=[374],exports.modules={80374:((e,t,n)=>{e.exports=n(79802)})};
