using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Search;

/// <summary>Why a search is refused, by Ditto's own error ids (<c>ditto.md</c> 4.4 and 6.5).</summary>
internal static class SearchErrors
{
    public static DittoError Option(string problem) =>
        new(400, "thing-search:search.option.invalid", "The options of the search are not valid.", problem);
}
