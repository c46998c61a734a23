#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_purge
short_description: Purge the cache of Scaleway Edge Services pipelines
version_added: 0.1.0
description:
  - Has a pipeline forget what its cache keeps, so that the next requests go to the origin. Either single assets, or all.
  - Each run purges, so it always reports a change. Among the handlers of a play it runs only if something else changed.
  - It waits until the purge is done, and fails if the API gives up on it.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
seealso:
  - module: scw.cloud.scw_edge_pipeline
options:
  pipeline:
    description:
      - Pipeline, by name or ID. It must exist.
      - In check mode, a name that does not exist is taken for a pipeline that an earlier task creates, and a warning says so.
    type: str
    required: true
    aliases: [pipeline_id]
  assets:
    description:
      - Paths of the assets to forget, such as V(/index.html).
      - Either this or O(all=true) is needed, and not both.
    type: list
    elements: str
  all:
    description:
      - Whether to forget everything.
    type: bool
    default: false
  wait:
    description:
      - Whether to wait until the purge is done, and to fail if the API gives up on it.
      - With V(false) the task returns the purge request as it is right after it was made.
    type: bool
    default: true
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 300
attributes:
  check_mode:
    description: Can run in check mode, and then purges nothing.
    support: full
  diff_mode:
    description: Shows what is purged.
    support: full
  idempotent:
    description: Each run purges again, and reports a change.
    support: none
  action_group:
    description: Use C(group/scw.cloud.scw) in C(module_defaults) to set options for this module.
    support: full
    membership: [scw.cloud.scw]
notes:
  - If the answer to the request is lost, the task looks for it among the purge requests of the pipeline, and sends it again only if it is not there.
"""

EXAMPLES = r"""
- name: Forget the start page
  scw.cloud.scw_edge_purge:
    pipeline: shop
    assets: [/, /index.html]

- name: Forget everything, and do not wait
  scw.cloud.scw_edge_purge:
    pipeline: 6f3d6c1f-9a7f-4d2c-a3f2-0c9a9f6a2b11
    all: true
    wait: false

- name: Upload the site
  amazon.aws.s3_sync:
    bucket: shop
    file_root: site
    endpoint_url: https://s3.fr-par.scw.cloud
  notify: Forget the old site

# Among the handlers of the play: purges once, however many tasks notify it, and only if one of them changed something.
- name: Forget the old site
  scw.cloud.scw_edge_purge:
    pipeline: shop
    all: true
"""

RETURN = r"""
purge_request:
  description:
    - The purge request as the API shows it; with O(wait=true), when it is done. In check mode, the request as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    pipeline_id: {description: ID of the pipeline., type: str, returned: always}
    status: {description: "Status: V(pending) or V(done).", type: str, returned: always}
    assets: {description: The assets that are forgotten., type: list, elements: str, returned: with O(assets)}
    all: {description: Whether everything is forgotten., type: bool, returned: with O(all=true)}
    created_at: {description: When it was made., type: str, returned: not in check mode}
    updated_at: {description: When it last changed., type: str, returned: not in check mode}
  sample:
    id: 2b8f4b1e-5f0f-4c57-8d0e-0f7d7a1d9c41
    pipeline_id: 6f3d6c1f-9a7f-4d2c-a3f2-0c9a9f6a2b11
    status: done
    assets: [/, /index.html]
    created_at: "2026-07-22T09:22:10.071419Z"
    updated_at: "2026-07-22T09:22:13.204118Z"
error:
  description: Why the task failed, as data.
  returned: failure
  type: dict
  contains:
    done: {description: What had been done., type: list, elements: str, returned: if the pipeline was found}
    not_done: {description: What was not done., type: list, elements: str, returned: if the pipeline was found}
    may_have_changed:
      description: Whether a request was sent, and it is not known whether it had an effect.
      type: bool
      returned: if that is so
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.purge import manage_purge, purge_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(purge_spec(), manage_purge)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
