// Runs TypeScript as it stands: `.taprc` loads this into each test process, in place of tap's own compiler, which takes
// seconds per process. It has to come before tap's hooks, which record what is run for the coverage; hence NODE_OPTIONS.
import module from 'node:module'
import { load, resolve } from './typescript-hooks.mjs'

// What a test starts runs as it does for users.
delete process.env.NODE_OPTIONS

// The kind of hooks that tap takes for its own: synchronous ones run before all others, whatever the order.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 24 || (major === 24 && minor >= 13)) module.registerHooks({ load, resolve })
else module.register('./typescript-hooks.mjs', import.meta.url)
