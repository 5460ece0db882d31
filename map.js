// Coverage of the sources comes from the tests that import them; test/cli.test.ts runs the bundle.
export default (test) => (test.endsWith('cli.test.ts') ? null : [])
