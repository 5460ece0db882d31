import { escapeHtml } from '../lib/html.js'
import type { ServerFacts } from './describe.js'

/** The front page for browsers. No script, nothing from elsewhere. */
export function renderPage({ name, version, defaultTenant, try: curl, links }: ServerFacts): string {
  const items = Object.entries(links).map(
    ([label, url]) => `<li><a href="${escapeHtml(url)}">${escapeHtml(label)}</a></li>`
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${name}</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }
  pre { padding: 1rem; overflow-x: auto; border: 1px solid; border-radius: .5rem }
</style>
<main>
<h1>${name} ${escapeHtml(version)}</h1>
<p>A local Microsoft Graph for tests. Default tenant: <code>${escapeHtml(defaultTenant)}</code></p>
<pre><code>${escapeHtml(curl)}</code></pre>
<ul>
${items.join('\n')}
</ul>
</main>
</html>
`
}
