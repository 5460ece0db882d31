// Coverage of the sources comes from the tests that import them; these two run the bundle.
export default (test) => (/(?:cli|replaced-package)\.test\.ts$/.test(test) ? null : [])
