import { runFolder } from '../run-folder.js'

await runFolder(import.meta.url)
