require 'json'
require_relative 'rsc_samples'

vectors = JSON.parse(File.read(ARGV[0], encoding: 'UTF-8'))
vectors['signatures'].each do |each|
  raise each.inspect unless RscSamples.signed?(each['secret'], each['body'], each['header']) == each['isGood']
end
vectors['challenges'].each do |each|
  raise each.inspect unless RscSamples.challenge_response(each['secret'], each['code']) == each['response']
end
vectors['batches'].each do |each|
  found = RscSamples.refused(each['answer'], each['sent'])
  raise found.inspect unless found == each['refused']
end
puts 'ok'
