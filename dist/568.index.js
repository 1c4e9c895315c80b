export const id = 568;
export const ids = [568,187];
export const modules = {

/***/ 5568:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   validate: () => (/* binding */ validate)
/* harmony export */ });
/* harmony import */ var _platforms_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(776);
/* harmony import */ var _config_load_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5077);
/* harmony import */ var _config_problems_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1922);
/* harmony import */ var _gate_plan_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5823);
/** `pace validate`: the configuration with every platform's section, and the plan. Throws `ConfigError` with every mistake. */




async function validate(world, options) {
    const loaded = await (0,_config_load_js__WEBPACK_IMPORTED_MODULE_0__/* .loadConfig */ .Z)(world, { everyPlatform: true, ...(options.config ? { path: options.config } : {}) });
    if (loaded.missing)
        throw new _platforms_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .PaceError */ .qw({ kind: 'configuration', message: loaded.missing, remedy: '' });
    const plan = await (0,_gate_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .loadPlan */ .Yq)(world, loaded.config.sprint.plan);
    const lines = [
        ...loaded.warnings.map((warning) => `Warning: ${(0,_config_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .formatProblem */ .Vw)(warning)}`),
        `${loaded.file} is valid.`,
        loaded.sides.because,
        plan
            ? `${plan.file} is valid: ${plan.days.length} days.`
            : 'There is no plan; days are counted by the calendar or named with --day.',
        `Evidence: ${loaded.config.evidence.map(({ name }) => name).join(', ') || 'the commit CI only'}.`,
    ];
    return `${lines.join('\n')}\n`;
}


/***/ })

};
