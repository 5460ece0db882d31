import { readdir, readFile, writeFile } from 'node:fs/promises'

/** Writes the licence of every bundled package, as their licences ask. */
export async function writeLicences(packages, file) {
  const texts = await Promise.all(packages.map(licenceOf))
  await writeFile(file, texts.join(`\n${'-'.repeat(80)}\n\n`))
}

async function licenceOf({ folder, manifest: { name, version, license } }) {
  const files = (await readdir(folder)).filter((entry) => /^(licen[cs]e|copying|notice)/i.test(entry))
  const texts = await Promise.all(files.map((entry) => readFile(`${folder}/${entry}`, 'utf8')))
  return `${name} ${version} (${license})\n\n${texts.join('\n')}`
}
