// Coverage of the sources comes from the tests that import them; these two run the bundle, and the third reads folders only.
export default (test) => (/(?:cli|replaced-package|layout)\.test\.ts$/.test(test) ? null : ['src/**/*.ts'])
