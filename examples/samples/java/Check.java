import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the samples against the vectors. Java has no JSON of its own; what is needed of it stands below. */
public final class Check {
    @SuppressWarnings("unchecked")
    public static void main(String[] args) throws Exception {
        var vectors = (Map<String, List<Map<String, Object>>>) new Json(Files.readString(Path.of(args[0]))).value();
        for (var each : vectors.get("signatures")) {
            byte[] body = text(each, "body").getBytes(StandardCharsets.UTF_8);
            expect(RscSamples.isSigned(text(each, "secret"), body, text(each, "header")), each.get("isGood"));
        }
        for (var each : vectors.get("challenges"))
            expect(RscSamples.challengeResponse(text(each, "secret"), text(each, "code")), each.get("response"));
        for (var each : vectors.get("batches")) {
            var answer = (Map<String, Map<String, Map<String, Object>>>) each.get("answer");
            expect(RscSamples.refused(answer, (List<String>) each.get("sent")), each.get("refused"));
        }
        System.out.println("ok");
    }

    private static String text(Map<String, Object> each, String name) {
        return (String) each.get(name);
    }

    private static void expect(Object found, Object expected) {
        if (!found.equals(expected)) throw new AssertionError(found + " is not " + expected);
    }

    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object value() {
            char next = next();
            if (next == '"') return string();
            if (next == '{') return object();
            if (next == '[') return list();
            int from = at - 1;
            while (at < text.length() && "+-.0123456789aeflrstuE".indexOf(text.charAt(at)) >= 0) at++;
            String word = text.substring(from, at);
            return switch (word) {
                case "true" -> true;
                case "false" -> false;
                case "null" -> null;
                default -> Double.valueOf(word);
            };
        }

        private Map<String, Object> object() {
            Map<String, Object> members = new LinkedHashMap<>();
            for (char next = next(); next != '}'; next = next()) {
                if (next == ',') continue;
                String name = string();
                next(); // the colon
                members.put(name, value());
            }
            return members;
        }

        private List<Object> list() {
            List<Object> items = new ArrayList<>();
            for (char next = next(); next != ']'; next = next()) {
                if (next == ',') continue;
                at--;
                items.add(value());
            }
            return items;
        }

        private String string() {
            StringBuilder read = new StringBuilder();
            for (char next = text.charAt(at++); next != '"'; next = text.charAt(at++)) {
                if (next != '\\') read.append(next);
                else read.append(escaped(text.charAt(at++)));
            }
            return read.toString();
        }

        private char escaped(char letter) {
            if (letter == 'u') {
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            return switch (letter) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                default -> letter;
            };
        }

        private char next() {
            while (Character.isWhitespace(text.charAt(at))) at++;
            return text.charAt(at++);
        }
    }
}
