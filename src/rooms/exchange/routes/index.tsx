import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { routes as adoption } from './adoption.tsx'
import { routes as catalogue } from './catalogue.tsx'
import { routes as heartbeat } from './heartbeat.ts'
import { routes as peer } from './peer.tsx'

export const routes = new Hono<Env>()
routes.route('/', catalogue)
routes.route('/', heartbeat)
routes.route('/', peer)
routes.route('/', adoption)
