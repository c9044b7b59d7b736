/**
 * A source as it was noted, in parts. `href` leads to the very page where the note names it beyond doubt (`exact`), else
 * to the site it names; what names neither stays text.
 */
export type SourcePart = { text: string; href?: string; exact?: boolean; rest: string }

type Rule = [pattern: RegExp, address: (found: RegExpExecArray) => string]

/** Notes that name one page by a number or path which its site keeps for ever; nothing is guessed from a headline. */
const pages: readonly Rule[] = [
  [/^https?:\/\/\S+/i, ([whole]) => whole],
  // The short address of a WordPress page.
  [/^((?:[a-z0-9-]+\.)+[a-z]{2,}) p=(\d+)\b/i, ([, site, id]) => `https://${site}/?p=${id}`],
  // ANTARA finds a report by its number.
  [
    /^((?:[a-z]+\.)?antaranews\.com) (\d{5,})\b(?: ([a-z0-9-]+))?/i,
    ([, site, id, slug]) =>
      `https://${/^antara/i.test(site!) ? `www.${site}` : site}/berita/${id}${slug ? `/${slug}` : ''}`,
  ],
  [/^github ([\w-]+\/[\w.-]+)/i, ([, repository]) => `https://github.com/${repository}`],
  [/^scribd (\d+)\b/i, ([, id]) => `https://www.scribd.com/document/${id}`],
]
const site = /^((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[\s/]|$)/i

export function readSource(source: string): SourcePart[] {
  return source.split(/;\s*/).map((part): SourcePart => {
    for (const [pattern, address] of pages) {
      const found = pattern.exec(part)
      if (found) return { text: found[0], href: address(found), exact: true, rest: part.slice(found[0].length) }
    }
    const named = site.exec(part)?.[1]
    return named
      ? { text: named, href: `https://${named}/`, exact: false, rest: part.slice(named.length) }
      : { text: part, rest: '' }
  })
}
