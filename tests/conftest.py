"""Laws hold on slow and busy machines too: no test is timed, by hypothesis neither."""

from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
