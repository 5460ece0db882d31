import { readdir } from 'node:fs/promises'

/** The bundle cannot read the source tree, so it gets the list that `loadResources` reads there. */
export const resources = {
  name: 'resources',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]graph[\\/]resources\.ts$/ }, async ({ path }) => {
      const resolveDir = path.replace(/[\\/]resources\.ts$/, '')
      const entries = await readdir(resolveDir, { recursive: true })
      const files = entries.filter((file) => /^resources[\\/][^\\/]+[\\/]resource\.ts$/.test(file)).sort()
      const imports = files.map(
        (file, at) => `import r${at} from './${file.replaceAll('\\', '/').replace(/ts$/, 'js')}'`
      )
      const list = files.map((_, at) => `r${at}`).join(', ')
      return {
        contents: `${imports.join('\n')}\nexport const loadResources = async () => [${list}]`,
        loader: 'ts',
        resolveDir
      }
    })
  }
}
