# How an ATS checks a notification, and what it makes of a batch answer. Ruby's standard library only.
require 'cgi'
require 'openssl'
require 'set'

module RscSamples
  module_function

  # X-LI-Signature is the hexadecimal HMAC-SHA256 of "hmacsha256=" and the body as it came, byte for byte.
  def signed?(secret, body, header)
    expected = OpenSSL::HMAC.hexdigest('SHA256', secret, "hmacsha256=#{body}")
    header.bytesize == expected.bytesize && OpenSSL.fixed_length_secure_compare(header, expected)
  end

  # What to answer GET ?challengeCode=… with, as challengeResponse beside the code.
  def challenge_response(secret, code)
    OpenSSL::HMAC.hexdigest('SHA256', secret, code)
  end

  # HTTP 200 says nothing about a record. Which of the keys that were sent failed, and why: in errors, in results, or unanswered.
  def refused(answer, keys)
    outcomes = (answer['results'] || {}).merge(answer['errors'] || {}) { |_key, _ok, error| error }
    outcomes = outcomes.sort_by { |key, _| (answer['errors'] || {}).key?(key) ? 1 : 0 }
                       .to_h { |key, outcome| [parts(key), outcome] }
    keys.each_with_object({}) do |key, failed|
      outcome = outcomes[parts(key)]
      if outcome.nil?
        failed[key] = '0: no answer'
      elsif outcome['status'].to_i >= 400
        failed[key] = "#{outcome['status']}: #{outcome['message'].to_s.strip}"
      end
    end
  end

  # Answers order and encode the parts of a key as they like: compare what they mean.
  def parts(key)
    key.split('&').to_set { |pair| pair.split('=', 2).map { |half| CGI.unescape(half) } }
  end
end
