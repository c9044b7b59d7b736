import type { QuestionFormat } from './round.ts'

/**
 * The shape of a text that must be an address or a number one can be reached at. Each is one regular expression in which
 * every repetition is bounded, so that the browser can use it too and a long text costs nothing.
 *
 * Telephone: +62, 62 or 0, then an area code or 8 and the number, 7 to 12 digits in all; spaces, dots, dashes and brackets
 * between them, and an extension after them, as people write them.
 */
const shapes: Record<QuestionFormat, string> = {
  email: "^[A-Za-z0-9._%+'\\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?\\.){1,10}[A-Za-z]{2,24}$",
  telephone:
    '^(?:\\+?62[ .\\-]{0,2}(?:\\(0\\)|0)?[ .\\-]?\\(?|\\(?0)[2-9](?:[ .\\-–)]{0,3}[0-9]){6,11}(?: {0,2}(?:[Ee]xt|[Pp]es|x)\\.? {0,2}[0-9]{1,5})?$',
}

export const shapeOf = (format: QuestionFormat): string => shapes[format]

/** Is this text, without the space around it, of the form? An empty one is not. */
export const hasFormat = (format: QuestionFormat, text: string): boolean => new RegExp(shapes[format]).test(text.trim())
