import type { Lang } from '#platform/text.ts'
import { say } from '../domain/held.ts'
import type { Ask } from '../domain/studio/ask.ts'
import { shownAll } from '../domain/studio/ask.ts'
import { type Around, inFolder, named, roleChoices } from '../domain/studio/choices.ts'
import { at, type Documents, listAt, placeFrom } from '../domain/studio/documents.ts'
import { languagesOf } from '../domain/studio/fresh.ts'
import type { Typed } from '../domain/studio/typed.ts'
import type { Asked, Listed } from '../pages/ask.tsx'
import type { FlowShown } from '../pages/drawing.tsx'
import { problemSentence } from '../pages/problem.ts'
import type { Draft } from '../store/draft.ts'
import { words } from '../text/index.ts'
import { documentAt, dotted, problemsIn } from './draft-parts.ts'

const textIn = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : String(value)
const wordsIn = (value: unknown, lang: string): string =>
  value && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0
    ? textIn(say(value as Record<string, string>, lang))
    : ''
const labelIn = (choices: readonly { value: string; label: string }[], value: unknown) =>
  choices.find((choice) => choice.value === value)?.label ?? textIn(value)

/** The items of a list as it stands on a page: a name, and what one would want to know before opening it. */
function listed(draft: Draft, path: string, list: string, lang: Lang, wrong: readonly string[]): Listed[] {
  const w = words(lang)
  const around: Around = { documents: draft.documents, path, lang }
  const states = named(around, path, 'states')
  const roles = roleChoices(around)
  const from = (value: unknown) =>
    value === 'new'
      ? w.newCase
      : value === 'any'
        ? w.anyState
        : Array.isArray(value)
          ? value.map((id) => labelIn(states, id)).join(', ')
          : ''
  const details: Record<string, (item: Record<string, unknown>) => string> = {
    moves: (item) =>
      `${from(item.from)} → ${item.to === 'same' ? w.stays : labelIn(states, item.to)} · ${
        Array.isArray(item.roles) && item.roles.length > 0
          ? item.roles.map((role) => labelIn(roles, role)).join(', ')
          : w.byItself
      }`,
    limits: (item) => (Array.isArray(item.in) ? item.in.map((id) => labelIn(states, id)).join(', ') : ''),
    messages: (item) => Object.values((item.text ?? {}) as object).map((text) => wordsIn(text, lang))[0] ?? '',
    versions: () => '',
    steps: (item) => [item.after, labelIn(roles, item.as)].filter(Boolean).join(' · '),
    purposes: (item) => wordsIn(item.text, lang),
  }
  const moves =
    list === 'steps' ? inFolder(around, 'flows').flatMap(({ value }) => named(around, `flows/${value}`, 'moves')) : []
  return listAt(draft.documents[path], [list]).map((item, i) => ({
    href: `${documentAt(draft, path)}/parts/${list}.${i}`,
    name:
      wordsIn(item.names ?? item.label, lang) ||
      (list === 'steps' ? `${i + 1}. ${labelIn(moves, item.do) || w['c-nothing']}` : '') ||
      textIn(item.validFrom) ||
      textIn(item.id) ||
      String(i + 1),
    // What stands for a value is no word of ours that was not filled in.
    detail: textIn(details[list]?.(item) ?? '')
      .replace(/\{(\w+)\}/g, '‹$1›')
      .slice(0, 160),
    problems: wrong.filter((place) => place === `${list}.${i}` || place.startsWith(`${list}.${i}.`)).length,
  }))
}

/** Questions about a document or a part of it, ready to be drawn. `typed`: what was typed instead of what is kept. */
export function askedOf(
  draft: Draft,
  path: string,
  part: string,
  asks: readonly Ask[],
  lang: Lang,
  shown: { typed?: Typed | undefined; spare?: string | undefined },
): Asked {
  const langs = languagesOf(draft.documents)
  const place = placeFrom(part)
  const { own } = problemsIn(draft, path, part, lang)
  const errors = own.filter(({ level }) => level === 'error')
  const places = errors.map((one) => dotted(one.at))
  const inPart = (dottedPlace: string) => (part ? dottedPlace.slice(part.length + 1) : dottedPlace)
  const [spareList, spareCount] = (shown.spare ?? '').split(':')
  const table = asks.some(({ kind }) => kind === 'table')
  return {
    lang,
    langs,
    asks,
    typed: shown.typed ?? shownAll(asks, at(draft.documents[path], place), langs),
    problems: errors.map((one) => {
      const plain = inPart(dotted(one.at))
      return {
        at: table && /^(?:inputs|rows)\b/.test(plain) ? `table.${plain}` : plain,
        says: problemSentence(one, lang),
      }
    }),
    lists: Object.fromEntries(
      asks.filter(({ kind }) => kind === 'list').map((ask) => [ask.at, listed(draft, path, ask.at, lang, places)]),
    ),
    rowHref: (list, index) => `${documentAt(draft, path)}/parts/${part ? `${part}.` : ''}${list}.${index}`,
    spare: (list) => (list === spareList ? Math.min(20, Math.max(1, Number(spareCount) || 1)) : 1),
  }
}

/** A flow as it is drawn, whatever state it is in. */
export function flowShown(draft: Draft, path: string, lang: Lang): FlowShown {
  const { documents } = draft
  const around: Around = { documents, path, lang }
  const document = documents[path]
  const roles = roleChoices(around)
  const states = listAt(document, ['states'])
  const moves = listAt(document, ['moves'])
  return {
    name: wordsIn(at(document, ['names']), lang) || path.slice(6),
    states: states.map(({ id, names, kind }) => ({
      id: textIn(id),
      label: wordsIn(names, lang) || textIn(id),
      kind: textIn(kind),
    })),
    moves: moves.map(({ id, names, from, to, roles: who, automatic }) => ({
      id: textIn(id),
      label: wordsIn(names, lang) || textIn(id),
      from: from === 'new' || from === 'any' ? from : Array.isArray(from) ? from.map(textIn) : [],
      to: textIn(to),
      itself: automatic === true || !Array.isArray(who) || who.length === 0,
    })),
    by: moves.map(({ roles: who }) => (Array.isArray(who) ? who.map((role) => labelIn(roles, role)).join(', ') : '')),
    hrefs: moves.map((_, i) => `${documentAt(draft, path)}/parts/moves.${i}`),
    stateHrefs: states.map((_, i) => `${documentAt(draft, path)}/parts/states.${i}`),
  }
}

/** What a part of a document is called, for its page. */
export function partName(documents: Documents, path: string, part: string, lang: Lang): string {
  const w = words(lang) as Record<string, string>
  const item = at(documents[path], placeFrom(part)) as Record<string, unknown> | undefined
  const [list = '', index = '0'] = part.split('.').slice(-2)
  const name = wordsIn(item?.names ?? item?.label, lang) || textIn(item?.validFrom) || textIn(item?.id)
  return `${w[`a-${list}`] ?? list}: ${name || Number(index) + 1}`
}
