import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { routes as front } from './front.tsx'
import { routes as innovation } from './innovation.tsx'

export const routes = new Hono<Env>()
routes.route('/', front)
routes.route('/', innovation)
