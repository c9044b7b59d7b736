import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, flash, page, readForm } from '#platform/http.ts'
import { type Edit, editDraft } from '../actions/draft.ts'
import { form as formSchema } from '../domain/package/format/form.ts'
import { limits } from '../domain/package/limits.ts'
import { at, type Documents, listAt, put } from '../domain/studio/documents.ts'
import { languagesOf } from '../domain/studio/fresh.ts'
import { cellsFrom, fieldsFrom } from '../domain/studio/pasted.ts'
import { fromXlsForm } from '../domain/xlsform.ts'
import { problemSentence } from '../pages/problem.ts'
import type { Draft } from '../store/draft.ts'
import { words } from '../text/index.ts'
import { documentPage, revisionOf } from './document.tsx'
import { documentAt, documentParam, openedDraft } from './draft-parts.ts'
import { readXlsForm, writeXlsForm } from './sheets.ts'

/** Forms that come from a sheet and go back into one. */
export const routes = new Hono<Env>()

function formParam(c: C, draft: Draft): string {
  const path = documentParam(c, draft)
  if (!path.startsWith('forms/')) throw new HTTPException(404)
  return path
}

routes.post('/services/studio/drafts/:draft/documents/:document/rows', async (c) => {
  const draft = await openedDraft(c)
  const path = formParam(c, draft)
  const { form, ctx } = await readForm(c)
  const list = String(form.list ?? '').slice(0, limits.file)
  const langs = languagesOf(draft.documents)
  const taken = (documents: Documents) =>
    new Set(listAt(documents[path], ['fields']).flatMap(({ id }) => (typeof id === 'string' ? [id] : [])))
  if (fieldsFrom(cellsFrom(list), langs, new Set()).length === 0)
    return page(c, await documentPage(c, draft, path, '', { refusal: 'list-unread' }), 422)
  const edit: Edit = {
    // Rows are added below whatever stands there now: two who add do not undo each other.
    revision: draft.revision,
    paths: [path],
    change: (documents) => {
      const before = at(documents[path], ['fields'])
      const fresh = fieldsFrom(cellsFrom(list), langs, taken(documents))
      const fields = [...(Array.isArray(before) ? before : []), ...fresh]
      return { ...documents, [path]: put(documents[path] ?? {}, ['fields'], fields) }
    },
  }
  return answer(c, await perform(editDraft(edit), ctx, draft.id, {}), {
    onDone: documentAt(draft, path),
    say: words(c.get('view').lang).pasted,
    again: async (_, refusal) => documentPage(c, await openedDraft(c), path, '', { refusal, base: draft.revision }),
  })
})

routes.post('/services/studio/drafts/:draft/documents/:document/xlsform', async (c) => {
  const draft = await openedDraft(c)
  const path = formParam(c, draft)
  const { form, ctx } = await readForm(c)
  const { file } = await c.req.parseBody({ all: true })
  if (!(file instanceof File) || file.size === 0)
    return page(c, await documentPage(c, draft, path, '', { refusal: 'file-needed' }), 422)
  const sheets = await readXlsForm(Buffer.from(await file.arrayBuffer()))
  const read = sheets && fromXlsForm(sheets)
  if (!read?.ok) {
    const why = read?.problems.find(({ level }) => level === 'error')
    if (why) flash(c, `${problemSentence(why, c.get('view').lang)} (${why.at})`)
    return page(c, await documentPage(c, draft, path, '', { refusal: 'file-unread' }), 422)
  }
  const content = JSON.parse(JSON.stringify(read.value)) as Record<string, unknown>
  const edit: Edit = {
    revision: revisionOf(form),
    paths: [path],
    change: (documents) => ({ ...documents, [path]: { ...content, id: path.slice(6) } }),
  }
  return answer(c, await perform(editDraft(edit), ctx, draft.id, {}), {
    onDone: documentAt(draft, path),
    say: words(c.get('view').lang).xlsformDone,
    again: async (_, refusal) => documentPage(c, await openedDraft(c), path, '', { refusal, base: revisionOf(form) }),
  })
})

routes.get('/services/studio/drafts/:draft/documents/:document/xlsform.xlsx', async (c) => {
  const draft = await openedDraft(c)
  const path = formParam(c, draft)
  const read = formSchema.safeParse(draft.documents[path])
  // A form that is not one yet cannot be written as another.
  if (!read.success) return page(c, await documentPage(c, draft, path, '', { refusal: 'draft-refused' }), 409)
  const bytes = await writeXlsForm(read.data)
  c.header('Content-Type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  c.header('Content-Disposition', `attachment; filename="${read.data.id}.xlsx"`)
  return c.body(new Uint8Array(bytes))
})
