import { readSheets, writeSheets } from '#platform/sheet.ts'
import type { Form } from '../domain/package/format/form.ts'
import { type Sheets, toXlsForm } from '../domain/xlsform.ts'

/** The three sheets of an XLSForm; undefined where the file is none. */
export async function readXlsForm(content: Buffer): Promise<Sheets | undefined> {
  const sheets = await readSheets(content)
  const { survey, choices = [], settings = [] } = sheets ?? {}
  return survey ? { survey, choices, settings } : undefined
}

export const writeXlsForm = (form: Form): Promise<Buffer> => writeSheets(toXlsForm(form))
