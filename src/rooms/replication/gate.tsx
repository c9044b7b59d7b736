import type { Db } from '#platform/db.ts'
import type { View } from '#platform/http.ts'
import { sideBySide } from './domain/effect.ts'
import { Doing, GalleryPart } from './pages/innovation.tsx'
import { may } from './permissions.ts'
import { latestFigures } from './store/figure.ts'
import { findKnown } from './store/innovation.ts'
import { runnersOf, servicesOf } from './store/runner.ts'

/**
 * What the gallery shows of an innovation's copies: `part` stands in the page, `doing` beside it. To readers without a
 * session it is the same for all, so that one copy of the page may serve many.
 */
export async function galleryPart(db: Db, view: View, code: string) {
  const known = await findKnown(db, code)
  if (!known) return undefined
  const runners = (await runnersOf(db, [known], view.now)).get(code)!
  const effect = sideBySide(runners, await latestFigures(db, servicesOf(runners)))
  return {
    part: <GalleryPart view={view} known={known} runners={runners} effect={effect} />,
    doing: <Doing view={view} known={known} publishes={may.publishPackage(view.actor, known)} />,
  }
}
