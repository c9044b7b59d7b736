/**
 * Words in a text, by the rule the form and the server share (this file is bundled for the browser, so it imports nothing).
 *
 * A word is whatever stands between spaces and holds at least one letter or digit. A reduplication such as "anak-anak"
 * is therefore one word, as it is in Indonesian and in the word processors in which people draft; a lone dash or bullet
 * is none. A long dash (—) separates, because it is often typed without spaces.
 */
export function wordCount(text: string): number {
  let count = 0
  for (const part of text.split(/[\s\u200b\u2014]+/u)) if (/[\p{L}\p{N}]/u.test(part)) count += 1
  return count
}
