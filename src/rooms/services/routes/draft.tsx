import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, flash, page, readForm } from '#platform/http.ts'
import { dropDraft, editDraft } from '../actions/draft.ts'
import { dayOf } from '../domain/calendar.ts'
import { pathsOf } from '../domain/studio/documents.ts'
import { type Folder, folders, freshDocument } from '../domain/studio/fresh.ts'
import { DraftPage, SavesPage } from '../pages/draft.tsx'
import { type Draft, listSaves } from '../store/draft.ts'
import { words } from '../text/index.ts'
import {
  documentAt,
  documentName,
  draftAt,
  holdsOf,
  judged,
  openedDraft,
  pathOfFile,
  shownProblem,
  singles,
} from './draft-parts.ts'

export const routes = new Hono<Env>()

async function draftPage(c: C, draft: Draft, again: { refusal?: string | undefined; typed?: Form } = {}) {
  const view = c.get('view')
  const { problems } = judged(draft)
  const ofLevel = (level: 'error' | 'warning') => problems.filter((one) => one.level === level)
  const paths = pathsOf({ ...Object.fromEntries(singles.map((path) => [path, {}])), ...draft.documents })
  const shown = paths.filter((path) => !path.startsWith('examples/'))
  return (
    <DraftPage
      view={view}
      draft={draft}
      parts={shown.map((path) => ({
        href: documentAt(draft, path) + (path === 'README' ? '/text' : ''),
        name: documentName(draft.documents, path, view.lang),
        holds: holdsOf(draft.documents[path], path, view.lang),
        problems: ofLevel('error').filter(({ file }) => pathOfFile(file) === path).length,
      }))}
      errors={ofLevel('error').map((one) => shownProblem(draft, one, view.lang))}
      notices={ofLevel('warning').map((one) => shownProblem(draft, one, view.lang))}
      examples={paths.length - shown.length}
      base={draft.base ? { package: draft.base.manifest.id, version: draft.base.manifest.version } : null}
      {...again}
    />
  )
}

routes.get('/services/studio/drafts/:draft', async (c) => page(c, await draftPage(c, await openedDraft(c))))

routes.post('/services/studio/drafts/:draft/documents', async (c) => {
  const draft = await openedDraft(c)
  const { form, ctx } = await readForm(c)
  const folder = String(form.folder ?? '')
  const name = String(form.name ?? '')
    .trim()
    .slice(0, 60)
  if (!(folders as readonly string[]).includes(folder) || name.length < 2)
    return page(c, await draftPage(c, draft, { refusal: 'name-needed', typed: form }), 422)
  const today = dayOf(ctx.clock.now().getTime(), draft.zone)
  const [path, document] = freshDocument(draft.documents, folder as Folder, name, today)
  const edit = {
    revision: draft.revision,
    paths: [path],
    change: (documents: Draft['documents']) => ({ ...documents, [path]: document }),
  }
  return answer(c, await perform(editDraft(edit), ctx, draft.id, {}), {
    onDone: documentAt(draft, path),
    say: words(c.get('view').lang).savedNow,
    again: (_, refusal) => draftPage(c, draft, { refusal, typed: form }),
  })
})

routes.post('/services/studio/drafts/:draft/drop', async (c) => {
  const draft = await openedDraft(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(dropDraft, ctx, draft.id, {}), {
    onDone: '/services/studio',
    say: words(c.get('view').lang).dropped,
    again: (_, refusal) => draftPage(c, draft, { refusal }),
  })
})

async function savesPage(c: C, draft: Draft, refusal?: string) {
  const view = c.get('view')
  return (
    <SavesPage
      view={view}
      draft={draft}
      saves={await listSaves(c.get('ctx').db, draft)}
      nameOf={(path) => documentName(draft.documents, path, view.lang)}
      refusal={refusal}
    />
  )
}

routes.get('/services/studio/drafts/:draft/saves', async (c) => page(c, await savesPage(c, await openedDraft(c))))

routes.post('/services/studio/drafts/:draft/saves/:revision', async (c) => {
  const draft = await openedDraft(c)
  const undo = Number(c.req.param('revision'))
  if (!Number.isInteger(undo) || undo < 1 || undo > 1_000_000) throw new HTTPException(404)
  const { form, ctx } = await readForm(c)
  const edit = {
    revision: Number(form.revision) || 0,
    paths: 'all' as const,
    change: (documents: Draft['documents']) => documents,
    undo,
  }
  const outcome = await perform(editDraft(edit), ctx, draft.id, {})
  if (outcome.kind === 'refused' && outcome.refusal === 'draft-unchanged') {
    flash(c, words(c.get('view').lang)['draft-unchanged'])
    return c.redirect(`${draftAt(draft)}/saves`, 303)
  }
  return answer(c, outcome, {
    onDone: draftAt(draft),
    say: words(c.get('view').lang).undone,
    again: (_, refusal) => savesPage(c, draft, refusal),
  })
})
