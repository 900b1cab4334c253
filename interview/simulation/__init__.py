"""People who take interviews over real HTTP, for whoever wants to know what a machine carries.

Nothing of the product knows them: `manage.py simulate_interviews` starts them against a running server.
"""
