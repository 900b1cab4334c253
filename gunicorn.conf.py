"""The web server's settings; gunicorn finds this file by its name."""

import os

from interview.supervisor import die_with_parent

wsgi_app = "interview.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", 2))
threads = 8
preload_app = True  # Imported once: it opens sooner, and the processes share the memory.
loglevel = "warning"
worker_tmp_dir = "/dev/shm"  # The heartbeat file: on a disk it can stall a worker.
control_socket_disable = True


def post_fork(server: object, worker: object) -> None:
    die_with_parent()


def post_worker_init(worker: object) -> None:
    """Nobody's first lock waits for the scorer to read the questions."""
    from interview.actions.follow_up import warm_up_beside

    warm_up_beside()
