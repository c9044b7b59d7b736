import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, page, readForm } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { type Edit, editDraft } from '../actions/draft.ts'
import { parse } from '../domain/package/document.ts'
import { kindOf } from '../domain/package/format/index.ts'
import { type Ask, applied } from '../domain/studio/ask.ts'
import { documentAsks, partAsks } from '../domain/studio/asks.ts'
import {
  actOnList,
  at,
  type Documents,
  placeFrom,
  put,
  type RowAct,
  rowActOf,
  textOf,
} from '../domain/studio/documents.ts'
import { freshItem, languagesOf } from '../domain/studio/fresh.ts'
import { DocumentPage, TextPage } from '../pages/document.tsx'
import { problemSentence } from '../pages/problem.ts'
import { type Draft, documentsAt, savedAfter } from '../store/draft.ts'
import { words } from '../text/index.ts'
import { askedOf, flowShown, partName } from './document-shown.ts'
import { documentAt, documentName, documentParam, draftAt, openedDraft, problemsIn } from './draft-parts.ts'

export const routes = new Hono<Env>()

type Again = { typed?: Form; refusal?: string | undefined; base?: number }

/** Somebody else's last save of this document, when it was not looked at. */
async function theirsOf(c: C, draft: Draft, path: string, { refusal, base }: Again) {
  if (refusal !== 'draft-changed' || base === undefined) return undefined
  const last = (await savedAfter(c.get('ctx').db, draft, base)).findLast(({ paths }) => paths.includes(path))
  return last && { who: last.by ?? '–', at: last.at, text: textOf(draft.documents[path] ?? {}) }
}

/** The page of a document, or of a part of it. */
export async function documentPage(c: C, draft: Draft, path: string, part: string, again: Again = {}) {
  const view = c.get('view')
  const around = { documents: draft.documents, path, lang: view.lang }
  const asks = part ? partAsks(around, placeFrom(part)) : documentAsks(around)
  if (!asks) throw new HTTPException(404)
  const { errors, notices } = problemsIn(draft, path, part, view.lang)
  const document = documentName(draft.documents, path, view.lang)
  const here = documentAt(draft, path)
  const kind = kindOf(`${path}.yaml`)?.kind
  return (
    <DocumentPage
      view={view}
      draft={draft}
      at={here}
      name={part ? partName(draft.documents, path, part, view.lang) : document}
      place={part}
      parent={part ? { href: here, label: document } : undefined}
      revision={draft.revision}
      base={again.base ?? draft.revision}
      typed={again.typed !== undefined}
      refusal={again.refusal}
      theirs={await theirsOf(c, draft, path, again)}
      errors={errors}
      notices={notices}
      asked={askedOf(draft, path, part, asks, view.lang, { typed: again.typed, spare: c.req.query('spare') })}
      flow={kind === 'flow' && !part ? flowShown(draft, path, view.lang) : undefined}
      form={kind === 'form' && !part}
      textHref={`${here}/text`}
      playHref={kind === 'example' ? `${draftAt(draft)}/examples/${path.slice(9)}` : undefined}
    />
  )
}

const partParam = (c: C) => {
  const part = c.req.param('part') ?? ''
  if (!/^[a-zA-Z_]+\.\d{1,4}(?:\.[a-zA-Z_]+\.\d{1,4})?$/.test(part)) throw new HTTPException(404)
  return part
}

routes.get('/services/studio/drafts/:draft/documents/:document', async (c) => {
  const draft = await openedDraft(c)
  return page(c, await documentPage(c, draft, documentParam(c, draft), ''))
})
routes.get('/services/studio/drafts/:draft/documents/:document/parts/:part', async (c) => {
  const draft = await openedDraft(c)
  return page(c, await documentPage(c, draft, documentParam(c, draft), partParam(c)))
})

/** The revision that a form was made from, as it says. */
/** The revision of the draft that whoever sends this saw. */
export const revisionOf = (form: Form, name = 'revision') => {
  const revision = Number(form[name])
  return Number.isInteger(revision) && revision > 0 && revision < 1e9 ? revision : 0
}

/** A list of a part after a button of one of its rows. Tables keep their rows beside their other keys. */
function actedOn(documents: Documents, path: string, part: unknown, asks: readonly Ask[], act: RowAct): unknown {
  const place = placeFrom(act.list.replace(/^table\./, ''))
  const isList = asks.some((ask) => ask.kind === 'list' && ask.at === act.list)
  // An empty row of a sheet is only shown; an item with a page of its own is there from now on.
  if (act.act === 'add' && !isList) return part
  const fresh = isList ? freshItem({ ...documents, [path]: part }, path, act.list) : {}
  const list = at(part, place)
  return put(part, place, actOnList(Array.isArray(list) ? list : [], act, fresh))
}

/** A document that was given another name stands under it. */
function renamed(documents: Documents, path: string): { documents: Documents; path: string } {
  const [folder, old] = path.split('/')
  const id = at(documents[path], ['id'])
  if (!old || typeof id !== 'string' || id === old || !/^[a-z][a-z0-9_]{0,49}$/.test(id)) return { documents, path }
  const fresh = `${folder}/${id}`
  if (Object.hasOwn(documents, fresh)) return { documents, path }
  const { [path]: document, ...others } = documents
  return { documents: { ...others, [fresh]: document }, path: fresh }
}

/** Save what was typed on the page of a document or of a part of it. */
async function saveDocument(c: C, part: string) {
  const draft = await openedDraft(c)
  const path = documentParam(c, draft)
  const view = c.get('view')
  const { form, ctx } = await readForm(c)
  // Nothing is saved: what a device kept is shown in its own rows.
  if (form.row === 'show') return page(c, await documentPage(c, draft, path, part, { typed: form }))
  const base = revisionOf(form, 'base') || draft.revision
  const earlier =
    base === draft.revision ? draft.documents : ((await documentsAt(ctx.db, draft, base)) ?? draft.documents)
  const place = placeFrom(part)
  const asks = asksAt(earlier, path, part, view.lang) ?? asksAt(draft.documents, path, part, view.lang)
  if (!asks) throw new HTTPException(404)
  const wished = typeof form.row === 'string' ? rowActOf(form.row) : undefined
  const act = asks.some((ask) => ask.at === wished?.list || (ask.kind === 'table' && wished?.list === 'table.rows'))
    ? wished
    : undefined
  const langs = languagesOf(earlier)
  let saved = path
  const edit: Edit = {
    revision: revisionOf(form),
    paths: [path],
    change: (documents) => {
      const answered = applied(asks, form, langs, at(earlier[path], place))
      const acted = act ? actedOn(documents, path, answered, asks, act) : answered
      const moved = renamed({ ...documents, [path]: put(documents[path] ?? {}, place, acted) }, path)
      saved = moved.path
      return moved.documents
    },
  }
  const here = () => `${documentAt(draft, saved)}${part ? `/parts/${part}` : ''}`
  const outcome = await perform(editDraft(edit), ctx, draft.id, {})
  const next = () => {
    if (act?.act !== 'add') return act ? `${here()}#${act.list.replaceAll('.', '-')}` : here()
    const isList = asks.some((ask) => ask.kind === 'list' && ask.at === act.list)
    return isList ? `${here()}/parts/${act.list}.${act.index}` : `${here()}?spare=${act.list}:2`
  }
  if (outcome.kind === 'refused' && outcome.refusal === 'draft-unchanged') return c.redirect(next(), 303)
  return answer(c, outcome, {
    onDone: next,
    say: words(view.lang).savedNow,
    again: async (_, refusal) => documentPage(c, await openedDraft(c), path, part, { typed: form, refusal, base }),
  })
}

const asksAt = (documents: Documents, path: string, part: string, lang: string) =>
  part ? partAsks({ documents, path, lang }, placeFrom(part)) : documentAsks({ documents, path, lang })

routes.post('/services/studio/drafts/:draft/documents/:document', (c) => saveDocument(c, ''))
routes.post('/services/studio/drafts/:draft/documents/:document/parts/:part', (c) => saveDocument(c, partParam(c)))

async function textPage(c: C, draft: Draft, path: string, again: Again & { text?: string; problem?: string } = {}) {
  const view = c.get('view')
  const { errors, notices } = problemsIn(draft, path, '', view.lang)
  const kind = kindOf(`${path}.yaml`)?.kind
  const document = draft.documents[path]
  return (
    <TextPage
      view={view}
      draft={draft}
      at={documentAt(draft, path)}
      name={documentName(draft.documents, path, view.lang)}
      revision={draft.revision}
      base={draft.revision}
      typed={again.text !== undefined}
      refusal={again.refusal}
      theirs={await theirsOf(c, draft, path, again)}
      errors={errors}
      notices={notices}
      text={again.text ?? (document === undefined ? '' : textOf(document))}
      problem={again.problem}
      schemaHref={kind && `/services/studio/schemas/${kind}.json`}
      removable={document !== undefined && path !== 'package'}
    />
  )
}

routes.get('/services/studio/drafts/:draft/documents/:document/text', async (c) => {
  const draft = await openedDraft(c)
  return page(c, await textPage(c, draft, documentParam(c, draft)))
})

routes.post('/services/studio/drafts/:draft/documents/:document/text', async (c) => {
  const draft = await openedDraft(c)
  const path = documentParam(c, draft)
  const { form, ctx } = await readForm(c)
  const view = c.get('view')
  const text = String(form.text ?? '').replaceAll('\r\n', '\n')
  const { document, problems } = parse(`${path}.yaml`, new TextEncoder().encode(text))
  if (path !== 'README' && !document) {
    const [first] = problems
    const line = first?.line ? ` (${fill(words(view.lang).problemLine, { line: first.line })})` : ''
    const why = first ? problemSentence(first, view.lang) + line : ''
    const problem = fill(words(view.lang)['text-unread'], { why })
    return page(c, await textPage(c, draft, path, { text, problem }), 422)
  }
  let saved = path
  const edit: Edit = {
    revision: revisionOf(form),
    paths: [path],
    change: (documents) => {
      const moved = renamed({ ...documents, [path]: path === 'README' ? text : document!.content }, path)
      saved = moved.path
      return moved.documents
    },
  }
  const outcome = await perform(editDraft(edit), ctx, draft.id, {})
  if (outcome.kind === 'refused' && outcome.refusal === 'draft-unchanged')
    return c.redirect(`${documentAt(draft, path)}/text`, 303)
  return answer(c, outcome, {
    onDone: () => `${documentAt(draft, saved)}/text`,
    say: words(view.lang).savedNow,
    again: async (_, refusal) => textPage(c, await openedDraft(c), path, { text, refusal, base: revisionOf(form) }),
  })
})

routes.post('/services/studio/drafts/:draft/documents/:document/remove', async (c) => {
  const draft = await openedDraft(c)
  const path = documentParam(c, draft)
  const { form, ctx } = await readForm(c)
  const edit: Edit = {
    revision: revisionOf(form),
    paths: [path],
    change: (documents) => Object.fromEntries(Object.entries(documents).filter(([other]) => other !== path)),
  }
  return answer(c, await perform(editDraft(edit), ctx, draft.id, {}), {
    onDone: draftAt(draft),
    say: words(c.get('view').lang).removed,
    again: async (_, refusal) => textPage(c, await openedDraft(c), path, { refusal, base: revisionOf(form) }),
  })
})
