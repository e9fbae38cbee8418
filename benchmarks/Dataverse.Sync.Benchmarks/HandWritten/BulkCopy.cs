using System.Buffers;
using System.Text.Json;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>
/// The fastest simple program that creates every customer as an account: JSON goes straight from pages into bulk messages, messages are on
/// their way while the next page is read. It knows nothing of couplings, matches nothing, and could not be run a second time.
/// </summary>
internal sealed class BulkCopy(CopyClient client)
{
    private static readonly int BatchSize = new WebApiOptions().CreateBatchSize;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var next = client.ReadAsync(client.Customers, cancellationToken);
        while (true)
        {
            var (messages, link) = Convert(await next);
            next = link is null ? Task.FromResult<byte[]>([]) : client.ReadAsync(link, cancellationToken);
            await Parallel.ForEachAsync(
                messages,
                new ParallelOptions { MaxDegreeOfParallelism = CopyClient.Concurrency, CancellationToken = cancellationToken },
                async (message, token) => await client.PostAsync("accounts/Microsoft.Dynamics.CRM.CreateMultiple", message, token));
            if (link is null)
            {
                return;
            }
        }
    }

    private (List<ReadOnlyMemory<byte>> Messages, Uri? Link) Convert(byte[] page)
    {
        var messages = new List<ReadOnlyMemory<byte>>();
        Uri? link = null;
        var reader = new Utf8JsonReader(page);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("value"u8))
            {
                _ = reader.Read();
                AddMessages(ref reader, messages);
            }
            else if (reader.ValueTextEquals("@odata.nextLink"u8))
            {
                _ = reader.Read();
                link = new(reader.GetString()!);
            }
        }

        return (messages, link);
    }

    private void AddMessages(ref Utf8JsonReader customers, List<ReadOnlyMemory<byte>> messages)
    {
        var (message, count) = (new ArrayBufferWriter<byte>(), 0);
        while (customers.Read() && customers.TokenType == JsonTokenType.StartObject)
        {
            message.Write(count == 0 ? "{\"Targets\":["u8 : ","u8);
            client.Payload.Convert(ref customers, message, withType: true);
            if (++count == BatchSize)
            {
                Close();
            }
        }

        if (count > 0)
        {
            Close();
        }

        void Close()
        {
            message.Write("]}"u8);
            messages.Add(message.WrittenMemory);
            (message, count) = (new ArrayBufferWriter<byte>(message.WrittenCount), 0);
        }
    }
}
