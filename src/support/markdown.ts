import type { SupportRow } from './support-table.js'

/** The support table as a Markdown table, each subject named once. */
export function supportMarkdown(rows: readonly SupportRow[]): string {
  const lines = rows.map(({ subject, behaviour, evidence, source }, at) => {
    const name = rows[at - 1]?.subject === subject ? '' : `\`${subject}\``
    return `| ${[name, behaviour, evidence, source].map(cell).join(' | ')} |`
  })
  return ['| Where | Behaviour | Evidence | Source |', '| --- | --- | --- | --- |', ...lines].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
