#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_backend
short_description: Manage backends of Scaleway load balancers
version_added: 0.1.0
description:
  - Creates, changes and deletes a backend, that is a pool of servers with their health check.
  - A backend is found by its name within its load balancer, or by its ID.
  - The pool and the health check have calls of their own in the API; a change sends only the calls it needs.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state
  - scw.cloud.state.lb_wait
seealso:
  - module: scw.cloud.scw_lb_backend_info
  - module: scw.cloud.scw_lb_frontend
options:
  id:
    description:
      - ID of an existing backend. It never creates one.
      - Together with O(name), the backend is renamed.
    type: str
    aliases: [backend_id]
  lb:
    description:
      - Load balancer the backend belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [lb_id]
  name:
    description:
      - Name of the backend. Needed to create one.
    type: str
  forward_protocol:
    description:
      - Protocol to speak with the servers. Needed to create a backend.
    type: str
    choices: [tcp, http]
  forward_port:
    description:
      - Port of the servers, from 1 to 65535. Needed to create a backend.
    type: int
  forward_port_algorithm:
    description:
      - How to choose the server for a connection. A new backend gets V(roundrobin).
    type: str
    choices: [roundrobin, leastconn, first]
  sticky_sessions:
    description:
      - How to keep a client on one server. A new backend gets V(none).
    type: str
    choices: [none, cookie, table]
  sticky_sessions_cookie_name:
    description:
      - Name of the cookie for O(sticky_sessions=cookie).
    type: str
  server_ip:
    description:
      - IPv4 or IPv6 addresses of the servers, all of them and in this order. Set to V([]) to empty the pool.
      - The API returns them as RV(backend.pool).
    type: list
    elements: str
  health_check:
    description:
      - How to find out whether a server is well. What is left out of it is left alone.
      - A new backend gets a TCP check of O(forward_port) every 60 seconds, with a timeout of 30 seconds and 2 retries.
      - The kind of check is chosen by one of the C(*_config) options; another one replaces the present one.
    type: dict
    suboptions:
      port:
        description:
          - Port to check, from 1 to 65535. It does not follow a later change of O(forward_port).
        type: int
      check_delay:
        description:
          - Time between two checks, such as V(30s), or a number of milliseconds.
        type: str
      check_timeout:
        description:
          - Time within which a server must answer, such as V(5s), or a number of milliseconds.
        type: str
      check_max_retries:
        description:
          - How many checks in a row must fail before a server counts as down.
        type: int
      check_send_proxy:
        description:
          - Whether to use the PROXY protocol in checks.
        type: bool
      transient_check_delay:
        description:
          - Time between two checks while a server is going up or down, such as V(500ms). It needs a unit.
        type: str
      tcp_config:
        description:
          - Connect only. It has no settings, so write V({}).
        type: dict
      http_config:
        description:
          - Send an HTTP request.
        type: dict
        suboptions: &http_check
          uri:
            description:
              - Path to request. Needed to choose this kind of check.
            type: str
          method:
            description:
              - HTTP method. V(GET) if this kind of check is chosen without it.
            type: str
          code:
            description:
              - HTTP status that means well. V(200) if this kind of check is chosen without it.
            type: int
          host_header:
            description:
              - Value of the Host header. V("") if this kind of check is chosen without it.
            type: str
      https_config:
        description:
          - Send an HTTPS request.
        type: dict
        suboptions:
          <<: *http_check
          sni:
            description:
              - Server name to ask for in the TLS handshake. V("") if this kind of check is chosen without it.
            type: str
      mysql_config:
        description:
          - Log in to a MySQL server.
        type: dict
        suboptions: &user_check
          user:
            description:
              - User to log in as, without a password. Needed to choose this kind of check.
            type: str
      pgsql_config:
        description:
          - Log in to a PostgreSQL server.
        type: dict
        suboptions: *user_check
      ldap_config:
        description:
          - Bind to an LDAP server. It has no settings, so write V({}).
        type: dict
      redis_config:
        description:
          - Ping a Redis server. It has no settings, so write V({}).
        type: dict
  timeout_server:
    description:
      - How long a server may take to answer, such as V(5m), or a number of milliseconds. V("") removes the limit.
    type: str
  timeout_connect:
    description:
      - How long a connection to a server may take to open, such as V(5s), or a number of milliseconds. V("") removes the limit.
    type: str
  timeout_tunnel:
    description:
      - How long a WebSocket may be idle, such as V(15m), or a number of milliseconds. V("") removes the limit.
    type: str
  timeout_queue:
    description:
      - How long a request may wait once O(max_connections) is reached, such as V(4s). It needs a unit. V("") removes the limit.
    type: str
  on_marked_down_action:
    description:
      - What to do with the sessions of a server that goes down.
    type: str
    choices: [on_marked_down_action_none, shutdown_sessions]
  proxy_protocol:
    description:
      - Version of the PROXY protocol that tells servers the address of the client.
    type: str
    choices: [proxy_protocol_none, proxy_protocol_v1, proxy_protocol_v2, proxy_protocol_v2_ssl, proxy_protocol_v2_ssl_cn]
  failover_host:
    description:
      - Website of an Object Storage bucket to serve while all servers are down, such as V(failover.s3-website.fr-par.scw.cloud). V("") removes it.
    type: str
  ssl_bridging:
    description:
      - Whether to encrypt the traffic to the servers.
    type: bool
  ignore_ssl_server_verify:
    description:
      - Whether to accept any certificate from the servers.
    type: bool
  redispatch_attempt_count:
    description:
      - After how many failed attempts to try another server. V(0) means never.
    type: int
  max_retries:
    description:
      - How often to retry the connection to a server.
    type: int
  max_connections:
    description:
      - The most connections to one server. V(0) means no limit.
    type: int
  host:
    description:
      - Host header or TLS server name to use towards the servers. V("") removes it.
    type: str
"""

EXAMPLES = r"""
- name: Create a backend of two web servers
  scw.cloud.scw_lb_backend:
    lb: web
    name: app
    forward_protocol: http
    forward_port: 8080
    server_ip: [10.0.0.11, 10.0.0.12]
    timeout_server: 30s
    health_check:
      check_delay: 10s
      check_timeout: 2s
      http_config:
        uri: /health

- name: Put all hosts of a group into the pool
  scw.cloud.scw_lb_backend:
    lb: web
    name: app
    server_ip: "{{ groups['app'] | map('extract', hostvars, 'ansible_host') | list }}"

- name: Go back to a plain TCP check
  scw.cloud.scw_lb_backend:
    lb: web
    name: app
    health_check:
      tcp_config: {}

- name: Delete the backend, once no frontend uses it
  scw.cloud.scw_lb_backend:
    lb: web
    name: app
    state: absent
"""

RETURN = r"""
backend:
  description:
    - The backend as the API shows it. V({}) after it was deleted. In check mode, the backend as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    forward_protocol: {description: Protocol spoken with the servers., type: str, returned: always}
    forward_port: {description: Port of the servers., type: int, returned: always}
    forward_port_algorithm: {description: How a server is chosen., type: str, returned: always}
    sticky_sessions: {description: How a client stays on one server., type: str, returned: always}
    sticky_sessions_cookie_name: {description: Name of the cookie., type: str, returned: always}
    health_check:
      description: Health check. Times are in milliseconds, except V(transient_check_delay), and only the chosen C(*_config) is there.
      type: dict
      returned: always
    pool: {description: Addresses of the servers., type: list, elements: str, returned: always}
    lb: {description: The load balancer., type: dict, returned: always}
    send_proxy_v2: {description: Deprecated in the API; see RV(backend.proxy_protocol)., type: bool, returned: always}
    timeout_server: {description: Milliseconds or null., type: int, returned: always}
    timeout_connect: {description: Milliseconds or null., type: int, returned: always}
    timeout_tunnel: {description: Milliseconds or null., type: int, returned: always}
    timeout_queue: {description: Seconds such as V(4s); or null., type: str, returned: always}
    on_marked_down_action: {description: What happens to sessions of a server that goes down., type: str, returned: always}
    proxy_protocol: {description: Version of the PROXY protocol., type: str, returned: always}
    failover_host: {description: Website served while all servers are down., type: str, returned: always}
    ssl_bridging: {description: Whether traffic to the servers is encrypted., type: bool, returned: always}
    ignore_ssl_server_verify: {description: Whether any certificate of the servers is accepted., type: bool, returned: always}
    redispatch_attempt_count: {description: Attempts before another server is tried., type: int, returned: always}
    max_retries: {description: Retries per connection., type: int, returned: always}
    max_connections: {description: The most connections to one server., type: int, returned: always}
    host: {description: Host header used towards the servers., type: str, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
  sample:
    id: ff274810-359d-44c6-b87c-ac2ed0195c89
    name: app
    forward_protocol: http
    forward_port: 8080
    forward_port_algorithm: roundrobin
    pool: [10.0.0.11, 10.0.0.12]
    timeout_server: 30000
    health_check:
      port: 8080
      check_delay: 10000
      check_timeout: 2000
      check_max_retries: 2
      check_send_proxy: false
      transient_check_delay: null
      http_config: {uri: /health, method: GET, code: 200, host_header: ""}
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(BACKEND)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
