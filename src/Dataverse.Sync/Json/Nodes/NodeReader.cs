using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dataverse.Sync.Documents;

/// <summary>Reads a JSON text into nodes. Comments and trailing commas are allowed, as in appsettings.json.</summary>
internal static class NodeReader
{
    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = DocumentLimits.Depth,
    };

    /// <summary>Reads a document. Returns null if it is no JSON; the problems say why.</summary>
    public static Node? Read(DocumentSource source, Problems problems)
    {
        if (source.Text.Length > DocumentLimits.Bytes)
        {
            problems.Add($"$: the document has {source.Text.Length} bytes; at most {DocumentLimits.Bytes} are read.");
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(source.Text.Span, Options);
            _ = reader.Read();
            var root = Read(ref reader, "$", problems);

            // Finds what follows the document.
            _ = reader.Read();
            return root;
        }
        catch (JsonException broken)
        {
            var place = source.Describe((broken.LineNumber ?? 0) + 1, (broken.BytePositionInLine ?? 0) + 1);
            problems.Add($"$: the document is not valid JSON ({place}). {Reason(broken)}");
            return null;
        }
        catch (InvalidOperationException)
        {
            problems.Add("$: the document is not valid JSON, because a text in it is not valid Unicode.");
            return null;
        }
    }

    // The message ends with the position in a form of its own.
    private static string Reason(JsonException broken) => broken.Message.Split(" LineNumber:", 2)[0];

    private static Node Read(ref Utf8JsonReader reader, string path, Problems problems)
    {
        var position = reader.TokenStartIndex;
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, path, problems) with { Position = position },
            JsonTokenType.StartArray => ReadList(ref reader, path, problems) with { Position = position },
            JsonTokenType.String => new(NodeKind.Text, path) { Position = position, Scalar = reader.GetString()! },
            JsonTokenType.Number => new(NodeKind.Number, path)
            {
                Position = position,
                Scalar = Encoding.UTF8.GetString(reader.ValueSpan),
            },
            JsonTokenType.True => new(NodeKind.Boolean, path) { Position = position, Scalar = "true" },
            JsonTokenType.False => new(NodeKind.Boolean, path) { Position = position, Scalar = "false" },
            _ => new(NodeKind.Null, path) { Position = position },
        };
    }

    private static Node ReadObject(ref Utf8JsonReader reader, string path, Problems problems)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<NodeMember>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            _ = reader.Read();
            var value = Read(ref reader, PathTo(path, name), problems);
            if (names.Add(name))
            {
                members.Add(new(name, value));
            }
            else
            {
                problems.Add(value, "is there twice.");
            }
        }

        return new(NodeKind.Object, path) { Members = members };
    }

    private static Node ReadList(ref Utf8JsonReader reader, string path, Problems problems)
    {
        var items = new List<Node>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read(ref reader, string.Create(CultureInfo.InvariantCulture, $"{path}[{items.Count}]"), problems));
        }

        return new(NodeKind.List, path) { Items = items };
    }

    private static string PathTo(string path, string name) =>
        name.Length > 0 && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '$')
            ? $"{path}.{name}"
            : $"{path}['{name}']";
}
