import { pointerOf } from '../schema/place.ts'

export type Path = readonly (string | number)[]

/** A part of a source: its name for messages, such as a file, and the way to the part. */
export interface Location {
  readonly source: string
  readonly path: Path
}

export interface Placed<Given> extends Location {
  readonly given: Given
  readonly id: string
}

export const within = ({ source, path }: Location, ...more: Path): Location => ({ source, path: [...path, ...more] })

export const locationText = ({ source, path }: Location): string => `${source}: ${pointerOf(path)}`
