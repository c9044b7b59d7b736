import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { routes as adopting } from './adopting.tsx'
import { routes as front } from './front.tsx'
import { routes as innovation } from './innovation.tsx'
import { routes as process } from './process.tsx'
import { routes as publishing } from './publishing.tsx'

export const routes = new Hono<Env>()
routes.route('/', front)
routes.route('/', innovation)
routes.route('/', publishing)
routes.route('/', adopting)
routes.route('/', process)
