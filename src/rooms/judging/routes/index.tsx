import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { announcements } from './announcement.tsx'
import { routes as assignment } from './assignment.tsx'
import { routes as evaluators } from './evaluators.tsx'
import { panel } from './panel.tsx'
import { routes as ranking } from './ranking.tsx'
import { routes as rounds } from './rounds.tsx'
import { routes as sheets } from './sheets.tsx'
import { routes as teamImport } from './team-import.tsx'

export const routes = new Hono<Env>()
routes.route('/', announcements)
routes.route('/', sheets)
routes.route('/', rounds)
routes.route('/', teamImport)
routes.route('/', evaluators)
routes.route('/', assignment)
routes.route('/', ranking)
routes.route('/', panel)
