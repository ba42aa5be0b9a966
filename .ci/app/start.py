"""Where the packed program starts: as any `audit` does; as a worker; or, opened by a double click, with the page.

A process of `--jobs` starts here too, and never comes back from `freeze_support`.
"""

import sys
from multiprocessing import freeze_support

from audit.serving.worker import AS_WORKER
from audit.serving.worker import main as work

freeze_support()
if sys.argv[1:2] == [AS_WORKER]:
    work(int(sys.argv[2]))
else:
    from audit.__main__ import run

    if len(sys.argv) == 1:
        sys.argv.append("serve")
    run()
