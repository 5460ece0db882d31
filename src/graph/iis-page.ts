import type { AnswerBody } from './errors.js'

/**
 * The page of IIS, which answers in place of the service. Intune answers 503 with it; the wording is that of HTTP.sys
 * (docs/evidence.md#server-errors). That other statuses look alike is assumed.
 */
export function iisPage(status: number, phrase: string, sentence = sentenceOf(status, phrase)): AnswerBody {
  const text = [
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">',
    `<HTML><HEAD><TITLE>${phrase}</TITLE>`,
    '<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>',
    `<BODY><h2>${phrase}</h2>`,
    `<hr><p>HTTP Error ${status}. ${sentence}</p>`,
    '</BODY></HTML>',
    ''
  ].join('\r\n')
  return { contentType: 'text/html; charset=us-ascii', text }
}

function sentenceOf(status: number, phrase: string): string {
  return status === 503 ? 'The service is unavailable.' : `${phrase}.`
}
