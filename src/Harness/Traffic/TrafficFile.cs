namespace Leda.Harness.Traffic;

/// <summary>Reads recorded traffic from a stream, live if somebody is still writing to it.</summary>
internal static class TrafficFile
{
    /// <summary>Reads to the end.</summary>
    /// <param name="input">The text.</param>
    /// <param name="reader">Makes messages of it.</param>
    /// <param name="isDrained">Told before each wait for more, when all that has come is judged.</param>
    /// <param name="cancellationToken">Ends it before its end.</param>
    /// <returns>Whether the end was reached.</returns>
    /// <exception cref="IOException">It cannot be read on.</exception>
    public static async Task<bool> ReadAsync(Stream input, TrafficReader reader, Action isDrained, CancellationToken cancellationToken)
    {
        var lines = new LineReader(input);
        var isWhole = true;
        try
        {
            while (await lines.FillAsync(cancellationToken))
            {
                while (lines.TryTake(out var line))
                    reader.Take(lines.Number, line, lines.IsCut);
                isDrained();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isWhole = false;
        }

        reader.End();
        return isWhole;
    }
}
