"""Where the packed program starts: as any `audit` does; as a worker; or, opened by a double click, with the page."""

import sys

from audit.serving.worker import AS_WORKER
from audit.serving.worker import main as work

if sys.argv[1:2] == [AS_WORKER]:
    work(int(sys.argv[2]))
else:
    from audit.__main__ import run

    if len(sys.argv) == 1:
        sys.argv.append("serve")
    run()
