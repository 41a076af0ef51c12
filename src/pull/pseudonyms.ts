/** Gives the same pseudonym for the same text: `stem` and a number, in the order in which texts are met. */
export function numbered(pseudonym: (number: number) => string): (text: string) => string {
  const known = new Map<string, string>()
  return text => {
    const found = known.get(text) ?? pseudonym(known.size + 1)
    known.set(text, found)
    return found
  }
}

/** Pseudonyms for ids, in the order of the ids themselves, as lists put equal dates in this order. */
export function rankedIds(letters: string, ids: Iterable<string>): (id: string) => string {
  const width = 12 - letters.length
  const sorted = [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1))
  const ranks = new Map(sorted.map((id, index) => [id, `${letters}${String(index + 1).padStart(width, '0')}`]))
  return id => ranks.get(id) ?? id
}

const padded = (number: number): string => String(number).padStart(4, '0')

/** The pseudonyms of everything but ids. */
export function createPseudonyms() {
  const bucket = numbered(number => `bucket-${number}`)
  const folder = numbered(number => `folder-${number}`)
  /** Folders that the service itself names. */
  const usual = new Set(['', 'scripts', 'sparkHistoryLogs'])
  const folders = (path: string): string =>
    path
      .split('/')
      .map(part => (usual.has(part) ? part : folder(part)))
      .join('/')
  return {
    job: numbered(number => `job_${padded(number)}`),
    trigger: numbered(number => `trigger_${padded(number)}`),
    workflow: numbered(number => `workflow_${padded(number)}`),
    role: numbered(number => `nrn:PUB:IAM::0000000:Role/role-${number}`),
    parameter: numbered(number => `parameter_${number}`),
    member: numbered(number => `member_${number}`),
    text: numbered(number => `text_${number}`),
    number: numbered(number => String(100_000 + number)),
    bucket,
    folders,
    /** A bucket with folders in it. */
    path(path: string): string {
      const [first = '', ...rest] = path.split('/')
      return [first === '' ? '' : bucket(first), ...(rest.length > 0 ? [folders(rest.join('/'))] : [])].join('/')
    },
  }
}

export type Pseudonyms = ReturnType<typeof createPseudonyms>
