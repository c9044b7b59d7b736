import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Grid, renderGrids } from '#platform/grid.ts'
import { rooms } from '../src/rooms.ts'

export const permissionsFile = path.join(import.meta.dirname, '../docs/permissions.md')

/** Each room's grid, in the order of src/rooms.ts. */
export async function loadGrids(): Promise<Grid[]> {
  const grids: Grid[] = []
  for (const room of Object.keys(rooms)) {
    const file = path.join(import.meta.dirname, `../src/rooms/${room}/permissions.grid.ts`)
    if (existsSync(file)) grids.push(((await import(pathToFileURL(file).href)) as { grid: Grid }).grid)
  }
  return grids
}

export const describePermissions = async (): Promise<string> => renderGrids(await loadGrids())
