"""An attack on schema `public`: what can be worked out of the counts that it suppresses?"""
