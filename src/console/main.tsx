import { render } from 'preact'
import { Frame } from './frame.tsx'
import { Link } from './link.tsx'
import { startLive } from './live.ts'
import { Page } from './page.tsx'
import { AboutPage } from './pages/about.tsx'
import { ControlPage } from './pages/control.tsx'
import { JobPage } from './pages/job.tsx'
import { JobsPage } from './pages/jobs.tsx'
import { RequestPage } from './pages/request.tsx'
import { RequestsPage } from './pages/requests.tsx'
import { SignerPage } from './pages/signer.tsx'
import { TriggersPage, WorkflowPage, WorkflowsPage } from './pages/workflows.tsx'
import { route, to } from './store.ts'
import { say } from './words.ts'

const NoPage = () => (
  <Page title={say('app.notFound')}>
    <Link href={to('jobs')}>{say('app.toJobs')}</Link>
  </Page>
)

function Shown() {
  const { page, id } = route.value
  switch (page) {
    case 'jobs':
      return id === undefined ? <JobsPage /> : <JobPage key={id} jobId={id} />
    case 'workflows':
      return id === undefined ? <WorkflowsPage /> : <WorkflowPage key={id} workflowId={id} />
    case 'triggers':
      return <TriggersPage />
    case 'requests':
      return id === undefined ? <RequestsPage /> : <RequestPage key={id} number={id} />
    case 'signer':
      return <SignerPage />
    case 'control':
      return <ControlPage />
    case 'about':
      return <AboutPage />
    default:
      return <NoPage />
  }
}

const place = document.getElementById('console')
if (place) {
  render(
    <Frame>
      <Shown />
    </Frame>,
    place,
  )
  startLive()
}
