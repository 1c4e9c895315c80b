export const id = 248;
export const ids = [248];
export const modules = {

/***/ 1248:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   issueRows: () => (/* binding */ issueRows),
/* harmony export */   issueText: () => (/* binding */ issueText)
/* harmony export */ });
/* harmony import */ var _platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8913);
/** Issues as plain text for a terminal or a pipe. */

/** One row per issue, tab-free columns; no header, so that a pipe can count lines. */
function issueRows(issues) {
    const keyWidth = Math.max(0, ...issues.map(({ key }) => key.length));
    const stateWidth = Math.max(0, ...issues.map(({ stateName }) => (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(stateName).length));
    return issues
        .map((issue) => {
        const labels = issue.labels.length > 0 ? `  [${issue.labels.map((label) => (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(label, 50)).join(', ')}]` : '';
        return `${issue.key.padStart(keyWidth)}  ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(issue.stateName).padEnd(stateWidth)}  ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(issue.title, 120)}${labels}\n`;
    })
        .join('');
}
function issueText(issue) {
    const head = [
        `${issue.key}  ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(issue.title)}`,
        `${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(issue.stateName)}${issue.labels.length > 0 ? `  [${issue.labels.map((label) => (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(label)).join(', ')}]` : ''}`,
        `${time(issue.createdAt)}${issue.author ? ` by ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(issue.author.name)}` : ''}  ${issue.url}`,
    ];
    const comments = issue.comments.map((comment) => `--- ${time(comment.createdAt)}${comment.author ? ` by ${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(comment.author.name)}` : ''}\n${(0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(comment.body)}`);
    return `${[head.join('\n'), (0,_platforms_untrusted_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(issue.body), ...comments].join('\n\n')}\n`;
}
function time(milliseconds) {
    return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}


/***/ })

};
