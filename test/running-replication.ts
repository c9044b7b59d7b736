import { importInnovations } from '#competition'
import { syncGallery } from '#gallery'
import type { World } from './world.ts'

/** The gallery with its real innovations; returns the code of the one whose name begins so. */
export async function fillGallery({ db }: Pick<World, 'db'>) {
  await importInnovations(db)
  await db.transaction().execute(syncGallery)
  return async (name: string): Promise<string> => {
    const query = db.selectFrom('gallery.innovation').select('code').where('name', 'like', `${name}%`)
    return (await query.executeTakeFirstOrThrow()).code
  }
}
