import java.nio.charset.StandardCharsets;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How an ATS checks a notification, and what it makes of a batch answer. Java 17, its own library only. */
public final class RscSamples {
    private RscSamples() {}

    /** X-LI-Signature is the hexadecimal HMAC-SHA256 of "hmacsha256=" and the body as it came, byte for byte. */
    public static boolean isSigned(String secret, byte[] body, String header) throws GeneralSecurityException {
        Mac mac = macOf(secret);
        mac.update("hmacsha256=".getBytes(StandardCharsets.US_ASCII));
        String expected = HexFormat.of().formatHex(mac.doFinal(body));
        return MessageDigest.isEqual(bytes(expected), bytes(header));
    }

    /** What to answer GET ?challengeCode=… with, as challengeResponse beside the code. */
    public static String challengeResponse(String secret, String code) throws GeneralSecurityException {
        return HexFormat.of().formatHex(macOf(secret).doFinal(bytes(code)));
    }

    /**
     * HTTP 200 says nothing about a record. Which of the keys that were sent failed, and why: in errors, in results, or
     * unanswered. The answer is JSON as any library reads it: maps, texts and numbers.
     */
    public static Map<String, String> refused(Map<String, Map<String, Map<String, Object>>> answer, List<String> keys) {
        Map<Set<List<String>>, Map<String, Object>> outcomes = new HashMap<>();
        for (String part : List.of("results", "errors"))
            answer.getOrDefault(part, Map.of()).forEach((key, outcome) -> outcomes.put(parts(key), outcome));
        Map<String, String> failed = new LinkedHashMap<>();
        for (String key : keys) {
            Map<String, Object> outcome = outcomes.get(parts(key));
            int status = outcome == null ? 0 : ((Number) outcome.getOrDefault("status", 0)).intValue();
            if (outcome == null) failed.put(key, "0: no answer");
            else if (status >= 400) failed.put(key, status + ": " + String.valueOf(outcome.getOrDefault("message", "")).strip());
        }
        return failed;
    }

    /** Answers order and encode the parts of a key as they like: compare what they mean. */
    private static Set<List<String>> parts(String key) {
        return Arrays.stream(key.split("&"))
            .map(pair -> Arrays.stream(pair.split("=", 2)).map(half -> URLDecoder.decode(half, StandardCharsets.UTF_8)).toList())
            .collect(Collectors.toSet());
    }

    private static Mac macOf(String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
        return mac;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
