import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import { Facts, Notice, Page, State } from '#platform/ui/index.ts'
import type { Effect } from '../domain/effect.ts'
import type { Branch, Elsewhere } from '../domain/lineage.ts'
import type { Known, Runner } from '../domain/shown.ts'
import { words } from '../text/index.ts'
import { EffectTable, OwnFigures } from './effect.tsx'
import { Lineage } from './lineage.tsx'
import { Far, Runners } from './runners.tsx'

type Shown = {
  view: View
  known: Known
  runners: readonly Runner[]
  /** Whether this reader may publish a package for it. */
  publishes: boolean
}

/** Who runs an innovation and how far each has come: for everybody. */
export function InnovationPage({
  view,
  known,
  runners,
  publishes,
  tree,
  effect,
  far,
}: Shown & { tree: Branch; effect: Effect; far: readonly Elsewhere[] }) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={known.name}
      lead={known.agencyName}
      trail={[{ href: '/replication', label: w.replicationTitle }]}
    >
      {known.demo && (
        <Notice tone="attention">
          <p>{w.demoMark}</p>
        </Notice>
      )}
      <div class="with-side">
        <div>
          <Alive view={view} known={known} runners={runners} />
          <h2>{w.runnersHead}</h2>
          <Runners view={view} rows={runners} />
          <p class="hint">{w.runnersHint}</p>
          <Far view={view} rows={far} />
          {known.publication && (
            <>
              <h2>{w.effectHead}</h2>
              <EffectTable view={view} effect={effect} />
            </>
          )}
          <h2>{w.lineageHead}</h2>
          <Lineage view={view} tree={tree} />
          <p>
            <a href={`/replication/innovations/${known.code}/lineage.json`}>{w.lineageData}</a>
          </p>
        </div>
        <aside class="now">
          <Doing view={view} known={known} publishes={publishes} />
        </aside>
      </div>
    </Page>
  )
}

/** What can be done with an innovation from here. */
export function Doing({ view, known, publishes }: { view: View; known: Known; publishes: boolean }) {
  const w = words(view.lang)
  const at = `/replication/innovations/${known.code}`
  return (
    <>
      <div class="actions">
        <a class="button" href={known.publication ? `${at}/adopt` : `${at}/interest`}>
          {w.replicate}
        </a>
      </div>
      <p class="hint">{known.publication ? w.replicateHint : w.galleryNoPackage}</p>
      <ul class="plain stack">
        {known.publication && (
          <li>
            <a href={`${at}/interest`}>{w.interestOnly}</a>
          </li>
        )}
        {publishes && (
          <li>
            <a href={`${at}/publish`}>{known.publication ? w.publishAgain : w.publish}</a>
          </li>
        )}
        {view.path.startsWith('/replication') && (
          <li>
            <a href={`/gallery/${known.code}`}>{fill(w.galleryPage, { code: known.code })}</a>
          </li>
        )}
      </ul>
    </>
  )
}

const activeOf = (runners: readonly Runner[]) =>
  runners.filter(({ casesLast30, retired }) => casesLast30 > 0 && !retired)

/** Whether it lives, by what people did. */
export function Alive({ view, known, runners }: Omit<Shown, 'publishes'>) {
  const w = words(view.lang)
  const running = runners.filter(({ heart, retired }) => heart && !retired)
  const active = activeOf(runners)
  const [tone, name, text] =
    running.length === 0
      ? (['calm', w.notRunning, null] as const)
      : active.length > 0
        ? (['good', w.alive, w.aliveText] as const)
        : (['attention', w.quiet, w.quietText] as const)
  return (
    <Facts
      facts={[
        [
          w.heartbeat,
          <span key="alive">
            <State tone={tone}>{name}</State>
            {text && ` ${text}`}
          </span>,
        ],
        ...(known.publication
          ? ([
              [
                w.package,
                fill(w.packageLine, {
                  package: known.publication.package,
                  version: known.publication.version,
                  date: formatDate(known.publication.changed, view.lang, view.zone),
                }),
              ],
            ] as const)
          : []),
      ]}
    />
  )
}

/** The part of an innovation's page in the gallery that tells of its copies. */
export function GalleryPart({ view, known, runners, effect }: Omit<Shown, 'publishes'> & { effect: Effect }) {
  const w = words(view.lang)
  const running = runners.filter(({ heart, retired }) => heart && !retired)
  if (!known.publication && runners.length === 0) return null
  const asleep = running.filter(({ heart }) => heart?.asleep)
  const counts = { n: running.length, active: activeOf(runners).length, asleep: asleep.length }
  return (
    <>
      <h2>{w.galleryHead}</h2>
      <Alive view={view} known={known} runners={runners} />
      {running.length > 0 && <p>{fill(w.galleryCount, counts)}</p>}
      {runners.length > 0 && <Runners view={view} rows={runners.slice(0, 6)} />}
      <OwnFigures view={view} effect={effect} />
      <p>
        <a href={`/replication/innovations/${known.code}`}>{w.galleryMore}</a>
      </p>
    </>
  )
}
